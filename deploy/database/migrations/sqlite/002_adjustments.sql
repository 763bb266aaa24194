-- The ledger, version 2, for SQLite: see ../postgresql/002_adjustments.sql. SQLite cannot change a column, so tables are made anew.
alter table ledger_schema rename to ledger_schema_1;

create table ledger_schema (
  version integer primary key,
  applied_at text default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

insert into ledger_schema select version, null from ledger_schema_1;

drop table ledger_schema_1;

alter table transactions rename to transactions_1;

create table transactions (
  id integer primary key,
  created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  asset_id integer references assets (id),
  price text not null,
  action text check (action in ('BUY', 'SELL')),
  quantity integer not null,
  kind text not null check (kind in ('EXECUTION', 'BREAK', 'ADJUSTMENT')),
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
  checksum text not null,
  cash_amount text,
  note text,
  reason text,
  check ((asset_id is null) = (action is null)),
  check (asset_id is not null or cash_amount is not null)
);

insert into transactions select *, null, null, null from transactions_1;

drop table transactions_1;

create table journals (
  journal text primary key,
  node text not null,
  opening_cash text not null,
  created_at text not null
);

alter table quarantine rename to quarantine_1;

create table quarantine (
  id integer not null,
  checksum text not null,
  noticed_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  journal text not null,
  node text not null,
  reason text not null,
  record blob not null,
  source text not null default 'SHIPPER' check (source in ('SHIPPER', 'JOURNAL')),
  venue_session text,
  venue_sequence integer,
  match_number integer,
  user_ref_num integer,
  price text,
  quantity integer,
  primary key (journal, source, id, checksum)
);

insert into quarantine (id, checksum, noticed_at, journal, node, reason, record)
  select id, checksum, noticed_at, journal, node, reason, record from quarantine_1;

drop table quarantine_1;

alter table shipping_cursors add column last_quarantine_id integer not null default 0;
