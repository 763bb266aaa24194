-- The ledger, version 2: what a person books (adjustments), whose journals there are, and what the engine could not book.
-- Null for the version before this column.
alter table ledger_schema add column applied_at timestamptz;
alter table ledger_schema alter column applied_at set default now();

alter type transaction_kind add value 'ADJUSTMENT';

-- An ADJUSTMENT moves cash by cash_amount, and shares of an asset, if it names one, by quantity: BUY adds, SELL takes away.
-- Its price says what the shares cost and moves no cash. The other kinds have neither cash_amount nor note.
-- reason: of a BREAK the venue's letter, of an ADJUSTMENT one of O(pening), D(eposit), W(ithdrawal), C(orrection).
alter table transactions
  alter column asset_id drop not null,
  alter column action drop not null,
  add column cash_amount numeric(20, 4),
  add column note text,
  add column reason text,
  add constraint asset_with_action check ((asset_id is null) = (action is null)),
  add constraint asset_or_cash check (asset_id is not null or cash_amount is not null);

-- Opening cash is what the journal was made with; everything later is a transaction.
create table journals (
  journal uuid primary key,
  node text not null,
  opening_cash numeric(20, 4) not null,
  created_at timestamptz not null
);

-- Rows of the source JOURNAL are messages of the venue that the engine could not book; their id counts from 1 within a
-- journal, and reason is the name of a QuarantineReason. A price or quantity may be any that the message can carry.
alter table quarantine
  add column source text not null default 'SHIPPER' check (source in ('SHIPPER', 'JOURNAL')),
  add column venue_session text,
  add column venue_sequence bigint,
  add column match_number bigint,
  add column user_ref_num bigint,
  add column price numeric(24, 4),
  add column quantity bigint,
  drop constraint quarantine_pkey,
  add primary key (journal, source, id, checksum);

alter table shipping_cursors add column last_quarantine_id bigint not null default 0;
