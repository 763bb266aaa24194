-- The ledger, version 1, for SQLite. The same tables as in postgresql/001_ledger.sql, whose comments hold here too. Prices are decimal text,
-- because SQLite would keep them as floating point; times are ISO 8601 in UTC.
create table ledger_schema (
  version integer primary key
);

create table assets (
  id integer primary key autoincrement,
  ticker text not null unique
);

create table transactions (
  id integer primary key,
  created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  asset_id integer not null references assets (id),
  price text not null,
  action text not null check (action in ('BUY', 'SELL')),
  quantity integer not null,
  kind text not null check (kind in ('EXECUTION', 'BREAK')),
  executed_at text not null,
  booked_at text not null,
  node text not null,
  journal text not null,
  order_reference integer not null,
  user_ref_num integer not null,
  venue_session text not null,
  venue_sequence integer not null,
  match_number integer not null,
  venue_time_ns integer not null,
  limit_price text not null,
  fair_price text not null,
  decoded_ns integer,
  priced_ns integer,
  decided_ns integer,
  sent_ns integer,
  answered_ns integer,
  journaled_ns integer,
  checksum text not null
);

create table id_blocks (
  block integer primary key autoincrement,
  node text not null,
  journal text not null,
  leased_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

create table shipping_cursors (
  journal text primary key,
  node text not null,
  last_id integer not null,
  updated_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

create table quarantine (
  id integer not null,
  checksum text not null,
  noticed_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  journal text not null,
  node text not null,
  reason text not null,
  record blob not null,
  primary key (id, checksum)
);
