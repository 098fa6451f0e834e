/** Who may use the console, and for what. */
package dev.zhifu.desk.people;
