/** Who works in the benches of delivery and crowd. */
export const teamCount = 5;
export const password = 'correct horse battery';

export interface Member {
  email: string;
  role: 'agent' | 'manager';
  team: number;
}

export function agents(count: number): Member[] {
  return Array.from({ length: count }, (_, i) => ({
    email: `agent${i}@example.com`,
    role: 'agent',
    team: i % teamCount,
  }));
}

export function managers(count: number): Member[] {
  return Array.from({ length: count }, (_, i) => ({
    email: `manager${i}@example.com`,
    role: 'manager',
    team: i % teamCount,
  }));
}

/** The phone number id of a team's channel. */
export function channelOf(team: number): string {
  return String(106_540_352_000_000 + team);
}
