/** HTTP: routes and who may use them, sessions, pages, live updates. */
package dev.zhifu.desk.web;
