import type { Answer, Role, Team, User } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { allOf } from '../frame/all-of.js';
import { type Resource, useResource } from '../frame/use-resource.js';

export function useUsers(): Resource<readonly User[]> {
  const { tims, me } = useAppInbox();
  return useResource('users', () => allOf(tims.users.list({ limit: 100 })), me.permissions['users:read'] !== undefined);
}

export function useTeamList(): Resource<readonly Team[]> {
  const { tims } = useAppInbox();
  return useResource('teams', async () => (await tims.teams.list()).data);
}

/** The roles of the organization; none for those who may not list them. */
export function useRoles(): Resource<readonly Role[]> {
  const { tims, me } = useAppInbox();
  return useResource('roles', async () => (await tims.roles.list()).data, me.permissions['roles:read'] !== undefined);
}

export type Grant = Answer<'roles.list'>['data'][number]['permissions'][number];
