/** What officers decide: asked for, confirmed by a second person, signed, sent, and followed. */
package dev.zhifu.desk.acts;
