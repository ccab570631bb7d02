-- Books an amount of a hold as spent in its lots, in the order they were taken,
-- starting behind what was captured before.
create function private.consume_held_lots(p_hold public.credit_holds, p_amount integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_skip integer := p_hold.captured;
  v_left integer := p_amount;
  v_take integer;
begin
  for i in 1 .. array_length(p_hold.lot_seqs, 1) loop
    v_take := least(greatest(p_hold.lot_amounts[i] - v_skip, 0), v_left);
    v_skip := greatest(v_skip - p_hold.lot_amounts[i], 0);
    if v_take > 0 then
      update public.credit_lots as l
      set
        held = l.held - v_take,
        spent = l.spent + v_take,
        rolled_held = case when l.rolled_held > l.held - v_take then l.held - v_take else l.rolled_held end
      where l.user_id = p_hold.user_id and l.seq = p_hold.lot_seqs[i];
      v_left := v_left - v_take;
    end if;
    exit when v_left = 0;
  end loop;
end;
$$;
