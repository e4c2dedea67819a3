/**
 * Every error that TIMS tells anyone, once. `status` is the HTTP status; `title` never changes between two occurrences;
 * `help` says what to do next. `docs/errors.md` is tested against this table in both directions.
 */
export const errorCatalogue = {
  validation_failed: {
    status: 400,
    title: 'The request is not valid',
    help: 'Mend the field that `errors` names and send it again.',
  },
  malformed_body: { status: 400, title: 'The body cannot be read', help: 'Send well-formed JSON in UTF-8.' },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not supported',
    help: 'Send `Content-Type: application/json`.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    help: 'Send less than the limit that `detail` names.',
  },
  cursor_invalid: { status: 400, title: 'The cursor is not valid', help: 'Start the list again without a cursor.' },
  unauthorized: {
    status: 401,
    title: 'No valid access token',
    help: 'Log in, or refresh the token, and send it as `Authorization: Bearer …`.',
  },
  login_failed: {
    status: 401,
    title: 'E-mail or password is wrong',
    help: 'Check both; they are refused alike on purpose.',
  },
  refresh_failed: { status: 401, title: 'The refresh token cannot be used', help: 'Log in again.' },
  signature_invalid: {
    status: 401,
    title: "The webhook is not signed with the channel's secret",
    help: "Compare the app secret at the provider with the channel's.",
  },
  organization_required: {
    status: 409,
    title: 'This account belongs to several organizations',
    help: 'Log in again with `organizationId`, one of those that `organizations` lists.',
  },
  forbidden: {
    status: 403,
    title: 'Your role does not allow this',
    help: 'Ask an administrator, or somebody whose role does.',
  },
  not_found: { status: 404, title: 'Not found', help: 'Check the id and the organization you are logged in to.' },
  route_not_found: { status: 404, title: 'There is no such path', help: 'Look it up in /openapi.json or /docs.' },
  conversation_taken: {
    status: 409,
    title: 'Somebody else has the conversation',
    help: 'Leave it to the one whom `assigneeId` names, or ask for it to be assigned to you.',
  },
  activities_broken: {
    status: 409,
    title: 'The activity log does not verify',
    help: 'Look at the row that `sequence` names with `tims audit verify`; nothing from it on is purged.',
  },
  transition_refused: {
    status: 409,
    title: 'The conversation is not in a state that allows this',
    help: 'Load the conversation again; `detail` names its state.',
  },
  window_closed: {
    status: 409,
    title: 'The channel does not allow this message now',
    help: 'Wait until the customer writes, or send an approved template.',
  },
  recipient_invalid: {
    status: 422,
    title: 'The channel cannot address this recipient',
    help: 'Give the recipient in the form that `detail` names.',
  },
  message_type_unsupported: {
    status: 422,
    title: 'The channel cannot send this type of message',
    help: 'Send one of the types that `detail` lists.',
  },
  message_too_long: {
    status: 422,
    title: 'The message is longer than the channel allows',
    help: 'Shorten it, or send it in parts.',
  },
  channel_inactive: { status: 409, title: 'The channel is inactive', help: 'Activate the channel first.' },
  channel_settings_invalid: {
    status: 422,
    title: "The channel's settings are not valid",
    help: 'Mend the setting that `detail` names.',
  },
  channel_credentials_refused: {
    status: 422,
    title: "The provider refused the channel's credentials",
    help: 'Check the token and the number at the provider, then try again.',
  },
  channel_exists: {
    status: 409,
    title: 'This address already has a channel',
    help: 'Use the existing channel, or remove it first.',
  },
  email_taken: { status: 409, title: 'A user with this e-mail already exists', help: 'Use another e-mail.' },
  team_key_taken: { status: 409, title: 'A team with this key already exists', help: 'Choose another key.' },
  password_refused: {
    status: 422,
    title: 'The password is not good enough',
    help: 'Use 8 to 128 characters, and nothing that stands on lists of common passwords.',
  },
  rank_too_high: {
    status: 403,
    title: 'Nobody grants a role above their own',
    help: 'Choose a role of your own rank or below.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This idempotency key was used with another body',
    help: 'Use a new key for a new request.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'The first request with this idempotency key is still running',
    help: 'Try again in a few seconds with the same key.',
  },
  failure_not_replayable: {
    status: 409,
    title: 'The failure is still at fault',
    help: '`detail` says what is wrong; mend it and replay once more.',
  },
  ticket_invalid: {
    status: 401,
    title: 'The socket ticket is not valid',
    help: 'Get a new one from POST /api/realtime/tickets; each works once, for 30 seconds.',
  },
  origin_refused: { status: 403, title: 'This origin may not open a socket', help: 'Add it to TIMS_ALLOWED_ORIGINS.' },
  conflict: {
    status: 409,
    title: 'Somebody changed the same thing at the same time',
    help: 'Load it again and repeat.',
  },
  rate_limited: { status: 429, title: 'Too many requests', help: 'Wait as long as Retry-After says.' },
  overloaded: { status: 503, title: 'The server has too much to do', help: 'Try again after Retry-After.' },
  database_unavailable: {
    status: 503,
    title: 'The database does not answer',
    help: 'Try again after Retry-After; reads may still work.',
  },
  shutting_down: { status: 503, title: 'The server is stopping', help: 'Try again after Retry-After.' },
  internal_error: {
    status: 500,
    title: 'Something went wrong in the server',
    help: 'Give the request id to whoever runs the server.',
  },
} as const satisfies Record<string, { status: number; title: string; help: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error of the catalogue, as it crosses a boundary. `detail` is about this occurrence and holds no content and no secret. */
export class TimsError extends Error {
  override readonly name = 'TimsError';
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly detail?: string,
    /** Further members of the problem document, e.g. `{assigneeId}`. */
    readonly members: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(detail ?? errorCatalogue[code].title, options);
    this.status = errorCatalogue[code].status;
  }
}

/**
 * Throws an error of the catalogue.
 *
 * @example fail('not_found', 'There is no conversation cnv_…')
 */
export function fail(code: ErrorCode, detail?: string, members?: Record<string, unknown>): never {
  throw new TimsError(code, detail, members);
}
