/** PostgreSQL: connections, migrations, the form of stored records. */
package dev.zhifu.desk.store;
