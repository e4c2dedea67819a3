import { createHash } from 'node:crypto';
import { canonicalPhone, digitsOf } from '../phone.js';
import type { AcceptedSend, Behaviour, CustomerBody, FaultBody, NumberBody, Settings } from './control-schemas.js';
import { emptyRates, type Rates } from './limits.js';
import { seededRandom } from './random.js';

export interface SimulatedNumber extends NumberBody {
  displayPhoneNumber: string;
  businessAccountId: string;
  verifiedName: string;
  appSecret: string;
}

export interface Customer {
  id: number;
  phone?: string;
  waId?: string;
  userId?: string;
  name: string;
  username?: string;
  hidesPhone: boolean;
  behaviour: Behaviour;
}

/** Everything the simulator knows. It lives in memory and dies with it. */
export interface World {
  numbers: Map<string, SimulatedNumber>;
  /** By canonical phone and by user id: two entries may be one customer. */
  customers: Map<string, Customer>;
  customerCount: number;
  /** Last message of a customer to a number, epoch milliseconds, by `windowKey`. */
  lastInbound: Map<string, number>;
  sends: AcceptedSend[];
  sendCount: number;
  refused: number;
  markedRead: string[];
  faults: (FaultBody & { next: number })[];
  settings: Settings;
  rates: Rates;
  random: () => number;
  now: () => number;
  nextId: () => string;
  /** What every id begins with that this simulator made. */
  ownIds: string;
  /** Ids that its driver chose. */
  givenIds: Set<string>;
}

/** What is kept for looking at; older entries leave. */
const keptSends = 20_000;

export const defaultSettings: Settings = {
  closedWindow: 'async',
  throughputPerSecond: 80,
  pairBurst: 45,
  pairRefillMs: 6000,
  statuses: true,
  statusDelaysMs: {
    sent: { min: 5, max: 20 },
    delivered: { min: 20, max: 80 },
    read: { min: 50, max: 200 },
    played: { min: 50, max: 200 },
  },
  shuffleStatuses: false,
  duplicateShare: 0,
  retryDelaysMs: [100, 300, 1000, 3000, 10_000],
  concurrency: 32,
  timeoutMs: 20_000,
};

export function createWorld(options: { seed: number; now: () => number }): World {
  const random = seededRandom(options.seed);
  let counter = 0;
  const prefix = createHash('sha256').update(String(options.seed)).digest().subarray(0, 10);
  return {
    numbers: new Map(),
    customers: new Map(),
    customerCount: 0,
    ownIds: `wamid.HBgL${prefix.toString('base64').slice(0, 12)}`,
    givenIds: new Set(),
    lastInbound: new Map(),
    sends: [],
    sendCount: 0,
    refused: 0,
    markedRead: [],
    faults: [],
    rates: emptyRates(),
    settings: structuredClone(defaultSettings),
    random,
    now: options.now,
    // Like Meta's: base 64, case-sensitive, with padding.
    nextId: () => {
      const id = Buffer.alloc(16);
      prefix.copy(id);
      id.writeUIntBE(++counter, 10, 6);
      return `wamid.HBgL${id.toString('base64')}`;
    },
  };
}

/** Finds or makes the customer; what is told of them now counts from now on. */
export function meetCustomer(world: World, told: CustomerBody): Customer {
  const phone = digitsOf(told.phone);
  const names = [phone === undefined ? undefined : canonicalPhone(phone), told.userId].filter((n) => n !== undefined);
  const old = names.map((name) => world.customers.get(name)).find((found) => found !== undefined);
  const customer: Customer = old ?? {
    id: ++world.customerCount,
    name: 'Customer',
    hidesPhone: false,
    behaviour: 'reads',
  };
  if (phone !== undefined) customer.phone = phone;
  if (told.waId !== undefined) customer.waId = digitsOf(told.waId) ?? told.waId;
  if (told.userId !== undefined) customer.userId = told.userId;
  if (told.name !== undefined) customer.name = told.name;
  if (told.username !== undefined) customer.username = told.username;
  if (told.hidesPhone !== undefined) customer.hidesPhone = told.hidesPhone;
  if (told.behaviour !== undefined) customer.behaviour = told.behaviour;
  for (const name of names) world.customers.set(name, customer);
  return customer;
}

/** The customer behind `to` or `recipient`; a stranger is met here. */
export function addressedCustomer(world: World, to: string): Customer {
  const digits = digitsOf(to);
  const known = world.customers.get(digits === undefined ? to : canonicalPhone(digits));
  return known ?? meetCustomer(world, digits === undefined ? { userId: to } : { phone: digits });
}

export function windowKey(phoneNumberId: string, customer: Customer): string {
  return `${phoneNumberId} ${customer.id}`;
}

/** Forgets what happened; numbers, customers and settings stay. */
export function forget(world: World): void {
  world.lastInbound.clear();
  world.sends = [];
  world.sendCount = 0;
  world.refused = 0;
  world.markedRead = [];
  world.faults = [];
  world.rates = emptyRates();
}

/** Whether a message with this id exists. */
export function isKnownMessage(world: World, id: string): boolean {
  return id.startsWith(world.ownIds) || world.givenIds.has(id);
}

export function recordSend(world: World, send: Omit<AcceptedSend, 'seq'>): AcceptedSend {
  world.sendCount += 1;
  const accepted = { seq: world.sendCount, ...send };
  world.sends.push(accepted);
  if (world.sends.length > keptSends * 1.1) world.sends.splice(0, world.sends.length - keptSends);
  return accepted;
}
