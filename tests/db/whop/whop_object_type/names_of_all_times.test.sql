begin;
select plan(1);

select results_eq(
  $$
    select t, private.whop_object_type(t) from unnest(array[
      'membership.activated', 'membership.deactivated', 'membership.went_valid', 'membership.went_invalid',
      'membership_went_valid', 'app_membership_went_invalid', 'membership.cancel_at_period_end_changed',
      'membership_cancel_at_period_end_changed', 'membership.trial_ending_soon', 'membership.updated',
      'payment.created', 'payment_succeeded', 'app_payment_failed', 'payment.pending', 'refund.updated',
      'dispute.created', 'product.updated', 'plan.created',
      'dispute_alert.created', 'payment_method.created', 'payment_affiliate_reward_created',
      'membership_experience_claimed', 'member.created', 'invoice.paid', 'entry.approved', 'unicorn', ''
    ]) with ordinality as x (t, n) order by n
  $$,
  $$
    values
      ('membership.activated', 'subscription'), ('membership.deactivated', 'subscription'), ('membership.went_valid', 'subscription'),
      ('membership.went_invalid', 'subscription'), ('membership_went_valid', 'subscription'), ('app_membership_went_invalid', 'subscription'),
      ('membership.cancel_at_period_end_changed', 'subscription'), ('membership_cancel_at_period_end_changed', 'subscription'),
      ('membership.trial_ending_soon', 'subscription'), ('membership.updated', 'subscription'),
      ('payment.created', 'invoice'), ('payment_succeeded', 'invoice'), ('app_payment_failed', 'invoice'), ('payment.pending', 'invoice'),
      ('refund.updated', 'refund'), ('dispute.created', 'dispute'), ('product.updated', 'product'), ('plan.created', 'price'),
      ('dispute_alert.created', null), ('payment_method.created', null), ('payment_affiliate_reward_created', null),
      ('membership_experience_claimed', null), ('member.created', null), ('invoice.paid', null), ('entry.approved', null), ('unicorn', null), ('', null)
  $$,
  'what an event is about'
);

select * from finish();
rollback;
