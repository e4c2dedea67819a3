import { isTimsError, TimsApiError, TimsError } from '@tims/sdk';
import { type People, userName } from './state/people.js';
import { cleanLine } from './text/clean.js';

/** What went wrong and what to do next, in one line. */
export function oneLineOf(error: unknown, people: People): string {
  if (isTimsError(error, 'conversation_taken')) {
    const { assigneeId } = error.members;
    const who = typeof assigneeId === 'string' ? userName(people, assigneeId) : 'Somebody else';
    return who === 'you' ? 'You have it already.' : `${capital(who)} was faster and has it now.`;
  }
  if (isTimsError(error, 'mention_out_of_sight')) {
    const { userIds } = error.members;
    const names = Array.isArray(userIds) ? userIds.map((id) => userName(people, String(id))).join(', ') : 'Somebody';
    return `${capital(names)} could not read it: leave out the @, or assign it to them first.`;
  }
  if (isTimsError(error, 'user_out_of_sight')) return 'They cannot see it: assign it to them first.';
  if (isTimsError(error, 'conflict')) return 'Somebody changed it at the same moment. Look again, then repeat it.';
  if (error instanceof TimsApiError) {
    const what = error.detail ?? error.title;
    return sentence(cleanLine(error.help && error.code !== 'not_found' ? `${ended(what)} ${error.help}` : what));
  }
  if (isTimsError(error, 'network_error')) return 'The server cannot be reached.';
  if (isTimsError(error, 'timeout')) return 'The server did not answer in time. Try again.';
  if (error instanceof TimsError) return sentence(cleanLine(error.message));
  return sentence(cleanLine(error instanceof Error ? error.message : String(error)));
}

function sentence(text: string): string {
  return capital(ended(text));
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
