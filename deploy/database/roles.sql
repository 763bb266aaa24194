-- The ledger's roles. Run it once per cluster, as superuser, connected to the ledger's database; then give each a password:
--   psql -d ledger -f roles.sql
--   psql -d ledger -c '\password mm_shipper'     (and mm_owner, mm_reader)
--   mm-shipper migrate --database 'Host=...;Database=ledger;Username=mm_owner' --password-file FILE
-- mm_owner makes and changes tables and is used by people alone; mm_shipper adds rows; mm_reader looks.
do $$
declare
  role text;
begin
  foreach role in array array['mm_owner', 'mm_shipper', 'mm_reader'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I login nosuperuser nocreatedb nocreaterole noinherit', role);
    end if;
    execute format('grant connect on database %I to %I', current_database(), role);
  end loop;

  execute format('revoke connect, temporary on database %I from public', current_database());
  revoke create on schema public from public;
  grant usage, create on schema public to mm_owner;

  -- The shipper's staging table is temporary.
  execute format('grant temporary on database %I to mm_shipper', current_database());

  -- A commit that waits for its standby must never be cancelled: the row would stay on the primary alone.
  alter role mm_shipper set statement_timeout = 0;
  alter role mm_shipper set lock_timeout = 0;
  alter role mm_shipper set synchronous_commit = on;
end $$;
