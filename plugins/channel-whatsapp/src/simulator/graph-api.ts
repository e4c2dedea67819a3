import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { object, text } from '../parse/json.js';
import { digitsOf } from '../phone.js';
import { serviceWindowMs } from '../window.js';
import type { FaultBody } from './control-schemas.js';
import type { Deliverer } from './deliver.js';
import { exceededRate } from './limits.js';
import { type MetaError, metaError } from './meta-error.js';
import { sendProblem } from './send-validation.js';
import { followUp } from './statuses.js';
import type { Timers } from './timers.js';
import {
  addressedCustomer,
  type Customer,
  isKnownMessage,
  recordSend,
  type SimulatedNumber,
  type World,
  windowKey,
} from './world.js';

interface Tools {
  world: World;
  deliverer: Deliverer;
  timers: Timers;
  accessToken: string;
}

type Json = Record<string, unknown>;
type NumberRequest = FastifyRequest<{ Params: { version: string; id: string }; Querystring: { fields?: string } }>;

/** The part of the Graph API that TIMS uses, with Meta's paths, shapes and errors. */
export function graphApi(app: FastifyInstance, tools: Tools): void {
  const { world } = tools;
  app.get('/:version/:id', (request: NumberRequest, reply) => {
    const number = authorized(request, reply, tools);
    return number && describeNumber(number, request.query.fields);
  });

  app.post('/:version/:id/messages', async (request: NumberRequest, reply) => {
    const number = authorized(request, reply, tools);
    if (!number) return reply;
    const body = object(request.body) ?? {};
    if (body.status !== undefined) return markRead(world, body, reply);
    const fault = takeFault(world, number.phoneNumberId);
    if (fault && (await brokenBefore(fault, reply))) {
      world.refused += 1;
      return reply;
    }
    const problem = sendProblem(body) ?? refusedBy(world, number, body);
    if (problem) return refuse(world, reply, problem);
    const { send, customer, failure } = accept(world, number, body, fault);
    followUp(world, tools, number, customer, send, failure);
    return answer(reply, customer, send, fault);
  });
}

/** Checks the version, the token and the number, in Meta's order; answers itself when one is wrong. */
function authorized(request: NumberRequest, reply: FastifyReply, tools: Tools): SimulatedNumber | undefined {
  const { version, id } = request.params;
  const number = tools.world.numbers.get(id);
  let problem: MetaError | undefined;
  if (!/^v\d+\.\d+$/.test(version)) problem = unknownPath(request.url);
  else if (request.headers.authorization !== `Bearer ${tools.accessToken}`) problem = metaError(190);
  else if (!number) {
    problem = metaError(
      100,
      `Unsupported ${request.method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
      33,
    );
  }
  if (!problem) return number;
  void reply.code(problem.status).send(problem.body);
  return undefined;
}

export function unknownPath(url: string): MetaError {
  return metaError(2500, `Unknown path components: ${url.split('?')[0] ?? ''}`);
}

function describeNumber(number: SimulatedNumber, fields: string | undefined): Json {
  const all: Json = {
    verified_name: number.verifiedName,
    code_verification_status: 'VERIFIED',
    display_phone_number: number.displayPhoneNumber,
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
  };
  const wanted = fields?.split(',').map((name) => name.trim()) ?? Object.keys(all);
  const chosen = Object.entries(all).filter(([name]) => wanted.includes(name));
  return { ...Object.fromEntries(chosen), id: number.phoneNumberId };
}

function markRead(world: World, body: Json, reply: FastifyReply): FastifyReply {
  const id = text(body.message_id);
  if (body.status !== 'read' || id === undefined) {
    return refuse(world, reply, metaError(131008, 'Required parameter is missing: message_id'));
  }
  if (!id.startsWith('wamid.')) return refuse(world, reply, metaError(131009, 'Invalid message_id'));
  world.markedRead.push(id);
  if (world.markedRead.length > 20_000) world.markedRead.splice(0, 10_000);
  return reply.send({ success: true });
}

/** Takes one use of the first fault that is meant for this number. */
function takeFault(world: World, phoneNumberId: string): FaultBody | undefined {
  const fault = world.faults.find(
    (candidate) =>
      candidate.kind !== 'wrong_signature' &&
      (candidate.phoneNumberId === undefined || candidate.phoneNumberId === phoneNumberId),
  );
  if (!fault) return undefined;
  fault.next -= 1;
  if (fault.next === 0) world.faults.splice(world.faults.indexOf(fault), 1);
  return fault;
}

/** Faults that come before anything is accepted. True when the request is done with. */
async function brokenBefore(fault: FaultBody, reply: FastifyReply): Promise<boolean> {
  if (fault.retryAfterSeconds !== undefined) void reply.header('retry-after', String(fault.retryAfterSeconds));
  switch (fault.kind) {
    case 'meta_error': {
      const problem = metaError(fault.code ?? 131000);
      await reply.code(fault.status ?? problem.status).send(problem.body);
      return true;
    }
    case 'http':
      await reply
        .code(fault.status ?? 500)
        .type('text/html')
        .send('<html><body>Bad gateway</body></html>');
      return true;
    case 'hang':
      reply.hijack();
      return true;
    case 'drop_before':
      reply.hijack();
      reply.raw.socket?.destroy();
      return true;
    default:
      return false;
  }
}

function refusedBy(world: World, number: SimulatedNumber, body: Json): MetaError | undefined {
  const to = addressIn(body);
  if (digitsOf(to) !== undefined && digitsOf(to) === digitsOf(number.displayPhoneNumber)) return metaError(131021);
  const customer = addressedCustomer(world, to);
  const send = { phoneNumberId: number.phoneNumberId, customer: String(customer.id), now: world.now() };
  const limited = exceededRate(world.rates, world.settings, send);
  if (limited !== undefined) return metaError(limited);
  const closed = world.settings.closedWindow === 'sync' && isClosed(world, number, customer, body);
  return closed ? metaError(131047) : undefined;
}

function isClosed(world: World, number: SimulatedNumber, customer: Customer, body: Json): boolean {
  if (body.type === 'template' || world.settings.closedWindow === 'off') return false;
  const last = world.lastInbound.get(windowKey(number.phoneNumberId, customer));
  return last === undefined || world.now() - last >= serviceWindowMs;
}

function accept(world: World, number: SimulatedNumber, body: Json, fault: FaultBody | undefined) {
  const to = addressIn(body);
  const customer = addressedCustomer(world, to);
  const send = recordSend(world, {
    id: world.nextId(),
    at: world.now(),
    phoneNumberId: number.phoneNumberId,
    to,
    reference: text(body.biz_opaque_callback_data) ?? null,
    body,
  });
  return { send, customer, failure: laterFailure(world, number, customer, body, fault) };
}

/** What is accepted with 200 and then fails by webhook. */
function laterFailure(
  world: World,
  number: SimulatedNumber,
  customer: Customer,
  body: Json,
  fault: FaultBody | undefined,
): number | undefined {
  if (fault?.kind === 'fails_later') return fault.code ?? 131026;
  if (isClosed(world, number, customer, body)) return 131047;
  const target = body.type === 'reaction' ? text(object(body.reaction)?.message_id) : undefined;
  return target === undefined || isKnownMessage(world, target) ? undefined : 131009;
}

async function answer(
  reply: FastifyReply,
  customer: Customer,
  send: { id: string; to: string },
  fault: FaultBody | undefined,
): Promise<FastifyReply> {
  if (fault?.kind === 'drop_after') {
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  }
  if (fault?.kind === 'unreadable') return reply.type('text/html').send('<html>OK');
  if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 1000));
  const waId = customer.waId ?? customer.phone;
  return reply.send({
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: send.to,
        ...(waId === undefined || customer.hidesPhone ? {} : { wa_id: waId }),
        ...(customer.userId === undefined ? {} : { user_id: customer.userId }),
      },
    ],
    messages: [{ id: send.id }],
  });
}

function refuse(world: World, reply: FastifyReply, problem: MetaError): FastifyReply {
  world.refused += 1;
  return reply.code(problem.status).send(problem.body);
}

function addressIn(body: Json): string {
  return text(body.to) ?? text(body.recipient) ?? '';
}
