// A paper opens its print dialog by itself.
"use strict";
addEventListener("load", () => window.print());
