-- What each role may do with the ledger's tables. 'mm-shipper migrate' runs this after every migration, as the tables' owner, for
-- those of the roles that there are; it may be run again at any time.
do $$
declare
  role text;
begin
  for role in select rolname from pg_roles where rolname in ('mm_shipper', 'mm_reader') loop
    execute format('grant usage on schema %I to %I', current_schema(), role);
    execute format('revoke all on ledger_schema, assets, transactions, id_blocks, shipping_cursors, quarantine, journals from %I', role);
    execute format('grant select on ledger_schema, assets, transactions, id_blocks, shipping_cursors, quarantine, journals to %I', role);
  end loop;

  -- A transaction is never changed and never deleted: not by the program that writes it either.
  if exists (select from pg_roles where rolname = 'mm_shipper') then
    grant insert on assets, transactions, id_blocks, shipping_cursors, quarantine, journals to mm_shipper;
    grant update (last_id, last_quarantine_id, updated_at) on shipping_cursors to mm_shipper;
  end if;
end $$;
