import type { AcceptedSend, Behaviour } from './control-schemas.js';
import type { Deliverer } from './deliver.js';
import { statusError } from './meta-error.js';
import { contactOf, envelope, metaJson, status, valueFor } from './payloads.js';
import { between, shuffled } from './random.js';
import type { Timers } from './timers.js';
import type { Customer, SimulatedNumber, World } from './world.js';

type State = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

const courses: Record<Behaviour, State[]> = {
  reads: ['sent', 'delivered', 'read'],
  never_reads: ['sent', 'delivered'],
  only_reads: ['sent', 'read'],
  offline: ['sent'],
  blocked: ['failed'],
};

/** After a send was accepted: what becomes of it, as webhooks over the next moments. */
export function followUp(
  world: World,
  tools: { deliverer: Deliverer; timers: Timers },
  number: SimulatedNumber,
  customer: Customer,
  send: AcceptedSend,
  failure?: number,
): void {
  if (!world.settings.statuses) return;
  const course = courseOf(customer, send, failure);
  const delays = course.map((state) => between(world.settings.statusDelaysMs[delayName(state)], world.random));
  const order = world.settings.shuffleStatuses ? shuffled(course, world.random) : course;
  let passed = 0;
  order.forEach((state, index) => {
    passed += delays[index] ?? 0;
    tools.timers.after(passed, () => deliverStatus(world, tools.deliverer, number, customer, send, state, failure));
  });
}

function courseOf(customer: Customer, send: AcceptedSend, failure: number | undefined): State[] {
  if (failure !== undefined) return ['failed'];
  // A reaction of ours is only ever reported as sent.
  if (send.body.type === 'reaction') return ['sent'];
  const course = courses[customer.behaviour];
  return send.body.type === 'audio' && course.includes('read') ? [...course, 'played'] : course;
}

function delayName(state: State): 'sent' | 'delivered' | 'read' | 'played' {
  return state === 'failed' ? 'sent' : state;
}

function deliverStatus(
  world: World,
  deliverer: Deliverer,
  number: SimulatedNumber,
  customer: Customer,
  send: AcceptedSend,
  state: State,
  failure: number | undefined,
): void {
  const element = status(customer, {
    id: send.id,
    state,
    timestamp: Math.floor(world.now() / 1000),
    reference: send.reference,
    extra: state === 'failed' ? { errors: [statusError(failure ?? 131026)] } : pricingOf(send, state),
  });
  // The contact comes along since there are business-scoped ids, but not with a failure.
  const value = valueFor(number, {
    ...(state === 'failed' ? {} : { contacts: [contactOf(customer)] }),
    statuses: [element],
  });
  const body = Buffer.from(metaJson(envelope([{ number, field: 'messages', value }])));
  deliverer.queue([{ url: number.webhookUrl, secret: number.appSecret, body }]);
}

function pricingOf(send: AcceptedSend, state: State): Record<string, unknown> {
  if (state === 'read' || state === 'played') return {};
  const template = send.body.type === 'template';
  const category = template ? 'marketing' : 'service';
  return {
    pricing: {
      billable: template,
      pricing_model: 'PMP',
      type: template ? 'regular' : 'free_customer_service',
      category,
    },
  };
}
