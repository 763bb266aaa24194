-- The ledger, version 1, for PostgreSQL. Write-only: no index but the primary keys and the name of an asset.
create type trade_action as enum ('BUY', 'SELL');

create type transaction_kind as enum ('EXECUTION', 'BREAK');

create table ledger_schema (
  version integer primary key
);

create table assets (
  id bigint generated always as identity primary key,
  ticker text not null unique
);

-- One row per transaction. A BREAK undoes the execution of the same venue session and match number: its price, quantity and
-- action are the original's. Order reference and match number are unsigned at the venue: above 2^63 they show as negative.
-- Hops are nanoseconds after the offer's packet arrived; null when an earlier run of the engine sent the order.
create table transactions (
  id bigint primary key,
  created_at timestamptz not null default now(),
  asset_id bigint not null references assets (id),
  price numeric(14, 4) not null,
  action trade_action not null,
  quantity integer not null,
  kind transaction_kind not null,
  executed_at timestamptz not null,
  booked_at timestamptz not null,
  node text not null,
  journal uuid not null,
  order_reference bigint not null,
  user_ref_num bigint not null,
  venue_session text not null,
  venue_sequence bigint not null,
  match_number bigint not null,
  venue_time_ns bigint not null,
  limit_price numeric(14, 4) not null,
  fair_price numeric(14, 4) not null,
  decoded_ns bigint,
  priced_ns bigint,
  decided_ns bigint,
  sent_ns bigint,
  answered_ns bigint,
  journaled_ns bigint,
  checksum text not null
);

create table id_blocks (
  block integer generated always as identity (minvalue 1 maxvalue 2147483647) primary key,
  node text not null,
  journal uuid not null,
  leased_at timestamptz not null default now()
);

create table shipping_cursors (
  journal uuid primary key,
  node text not null,
  last_id bigint not null,
  updated_at timestamptz not null default now()
);

-- What could not be taken as it came: a damaged record, or an id that is there already with other content.
create table quarantine (
  id bigint not null,
  checksum text not null,
  noticed_at timestamptz not null default now(),
  journal uuid not null,
  node text not null,
  reason text not null,
  record bytea not null,
  primary key (id, checksum)
);
