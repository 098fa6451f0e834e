/** Standing authorisations: written, signed, limited, revoked, and what each has done. */
package dev.zhifu.desk.standing;
