-- Many spends in one call: accounts are locked in id order, each account is
-- updated once, and its rows are appended by one insert. An item is refused alone,
-- with its error as a word in the answer; the others stand. Items of one account
-- are taken in the order given.
create function private.spend_credits_batch(p_spends jsonb, p_now timestamptz default now())
returns table (ordinal integer, user_id uuid, transaction_id uuid, seq bigint, balance_after integer, error text)
language plpgsql
security definer            -- the account rows are not the caller's to write
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid;
  v_group record;
  v_item record;
  v_account public.credit_accounts;
  v_found public.credit_transactions;
  v_known boolean;
  v_left integer;
  v_total integer;
  v_position integer;
  v_ordinals integer[];
  v_amounts integer[];
  v_keys text[];
  v_descriptions text[];
  v_metadata jsonb[];
  v_twins integer[];
  v_twin_positions integer[];
begin
  perform private.check_spends(p_spends);

  -- One group an account, so that the JSON is read once.
  for v_group in
    select
      (s.value ->> 'user_id')::uuid as user_id,
      array_agg(s.ordinality::integer order by s.ordinality) as ordinals,
      array_agg((s.value ->> 'amount')::integer order by s.ordinality) as amounts,
      array_agg(s.value ->> 'description' order by s.ordinality) as descriptions,
      array_agg(
        coalesce(nullif(s.value -> 'metadata', 'null'::jsonb), '{}'::jsonb) order by s.ordinality
      ) as metadata,
      array_agg(s.value ->> 'idempotency_key' order by s.ordinality) as keys
    from jsonb_array_elements(p_spends) with ordinality as s
    group by 1
    order by 1
  loop
    v_user_id := v_group.user_id;
    select * into v_account from public.credit_accounts as a where a.user_id = v_user_id for no key update;
    v_known := found;
    if v_known and v_account.next_expiry_at <= p_now then
      v_account := private.expire_lots(v_account, p_now);
    end if;
    v_left := v_account.balance;
    v_total := 0;
    v_ordinals := '{}';
    v_amounts := '{}';
    v_keys := '{}';
    v_descriptions := '{}';
    v_metadata := '{}';
    v_twins := '{}';
    v_twin_positions := '{}';

    for v_item in
      select i.ordinal, i.amount, i.description, i.metadata, i.key
      from unnest(
        v_group.ordinals, v_group.amounts, v_group.descriptions, v_group.metadata, v_group.keys
      ) with ordinality as i (ordinal, amount, description, metadata, key, position)
      order by i.position
    loop
      perform private.check_credit_request(
        v_user_id, v_item.amount, v_item.description, v_item.metadata, v_item.key
      );
      ordinal := v_item.ordinal;
      user_id := v_user_id;
      transaction_id := null;
      seq := null;
      balance_after := null;
      error := null;
      if not v_known then
        error := 'account_not_found';
      elsif v_item.key is not null then
        v_position := array_position(v_keys, v_item.key);
        if v_position is not null then
          if v_amounts[v_position] = v_item.amount then
            v_twins := v_twins || v_item.ordinal;
            v_twin_positions := v_twin_positions || v_position;
            continue;
          end if;
          error := 'idempotency_key_reused';
        else
          select * into v_found
          from public.credit_transactions as t
          where t.user_id = v_user_id and t.idempotency_key = v_item.key;
          if found and v_found.operation = 'spend' and v_found.amount = -v_item.amount then
            transaction_id := v_found.id;
            seq := v_found.seq;
            balance_after := v_found.balance_after;
            return next;
            continue;
          elsif found or exists (
            select 1 from public.credit_holds as h
            where h.user_id = v_user_id and h.idempotency_key = v_item.key
          ) then
            error := 'idempotency_key_reused';
          end if;
        end if;
      end if;
      if error is null and v_account.closed_at is not null then
        error := 'account_closed';
      end if;
      if error is null and v_left < v_item.amount then
        error := 'insufficient_credits';
      end if;
      if error is not null then
        return next;
        continue;
      end if;

      v_left := v_left - v_item.amount;
      v_total := v_total + v_item.amount;
      v_ordinals := v_ordinals || v_item.ordinal;
      v_amounts := v_amounts || v_item.amount;
      v_keys := v_keys || v_item.key;
      v_descriptions := v_descriptions || v_item.description;
      v_metadata := v_metadata || v_item.metadata;
    end loop;

    if v_total > 0 then
      perform private.draw_lots(v_user_id, v_total, 'spent');
      update public.credit_accounts as a
      set
        balance = a.balance - v_total,
        last_seq = a.last_seq + array_length(v_amounts, 1),
        total_used = a.total_used + v_total,
        updated_at = now()
      where a.user_id = v_user_id;
      return query
        with item as (
          select
            i.position, i.ordinal, i.amount, i.key, i.description, i.metadata,
            sum(i.amount) over (order by i.position) as taken
          from unnest(v_ordinals, v_amounts, v_keys, v_descriptions, v_metadata)
            with ordinality as i (ordinal, amount, key, description, metadata, position)
        ),
        posted as (
          insert into public.credit_transactions as t (
            user_id, seq, transaction_type, operation, amount,
            balance_before, balance_after, debt_before, debt_after,
            description, metadata, idempotency_key
          )
          select
            v_user_id, v_account.last_seq + i.position, 'usage', 'spend', -i.amount,
            v_account.balance + v_account.held - i.taken + i.amount,
            v_account.balance + v_account.held - i.taken,
            v_account.debt, v_account.debt, i.description, i.metadata, i.key
          from item as i
          returning t.id, t.seq, t.balance_after
        )
        select x.ordinal, v_user_id, p.id, p.seq, p.balance_after, null::text
        from (
          select i.position, i.ordinal from item as i
          union all
          select w.position, w.ordinal
          from unnest(v_twins, v_twin_positions) as w (ordinal, position)
        ) as x
        join posted as p on p.seq = v_account.last_seq + x.position;
    end if;
  end loop;
end;
$$;
grant execute on function private.spend_credits_batch(jsonb, timestamptz) to service_role;
