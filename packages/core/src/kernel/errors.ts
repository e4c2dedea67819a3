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
    help: 'Send `Content-Type: application/json`, or the one that the reference names.',
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
    title: 'E-mail, password or code is wrong',
    help: 'Check all of them; they are refused alike on purpose.',
  },
  login_locked: {
    status: 429,
    title: 'Too many log-ins failed',
    help: 'Wait as long as Retry-After says; until then the right password is refused as well.',
  },
  second_factor_required: {
    status: 401,
    title: 'This account has a second factor',
    help: 'Log in again with `code`, from the authenticator app or one of the recovery codes.',
  },
  second_factor_setup_required: {
    status: 403,
    title: 'Your organization demands a second factor',
    help: 'Set one up with POST /api/me/second-factor and confirm it; everything else is open then.',
  },
  second_factor_state: {
    status: 409,
    title: 'The second factor is not in a state that allows this',
    help: '`detail` says whether there is one; GET /api/me/second-factor tells as well.',
  },
  expiry_refused: {
    status: 422,
    title: 'The time cannot be taken',
    help: 'Give a time that `detail` allows, as ISO 8601 in UTC.',
  },
  csrf_failed: {
    status: 403,
    title: 'The CSRF token is missing or of another session',
    help: 'Send the `csrfToken` of the log-in, or of GET /api/auth/csrf, as the header `x-csrf-token`.',
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
  contact_erased: {
    status: 410,
    title: 'The contact was erased',
    help: 'Nothing can be sent or added any more; somebody who writes again is a new contact.',
  },
  close_reason_unknown: {
    status: 422,
    title: 'This is none of the reasons for closing',
    help: 'Give one of those that `detail` names, by its key or its name.',
  },
  close_reason_taken: { status: 409, title: 'A reason with this key already exists', help: 'Choose another key.' },
  conversation_answered: {
    status: 409,
    title: 'Somebody else answered since you read the conversation',
    help: 'Read the messages that `messages` has, then send again with `force: true` if it still needs saying.',
  },
  message_not_withdrawable: {
    status: 409,
    title: 'The message can no longer be taken back',
    help: 'It is on its way; write another one.',
  },
  csv_invalid: {
    status: 422,
    title: 'The file cannot be read as CSV',
    help: 'Mend what `detail` names and send the whole file again; nothing of it was kept.',
  },
  csv_too_large: {
    status: 413,
    title: 'The file is too large to import',
    help: 'Send it in parts, each with the heading; `detail` names the limit. Nothing of it was kept.',
  },
  import_columns_unclear: {
    status: 422,
    title: 'It is not clear what every column holds',
    help: 'Give a field for each column that `detail` names, or `ignore` to leave it out.',
  },
  import_state: {
    status: 409,
    title: 'The import is not in a state that allows this',
    help: 'Load it again; `detail` names its state. Send the file once more to begin anew.',
  },
  attribute_taken: {
    status: 409,
    title: 'An attribute with this key already exists',
    help: 'Choose another key; the key of one that was removed is free once its values are taken away.',
  },
  attributes_invalid: {
    status: 422,
    title: 'An attribute of the contact cannot be this',
    help: 'Mend the attributes that `errors` names; GET /api/contact-attributes lists what there is.',
  },
  contact_kind_unknown: {
    status: 422,
    title: 'This is none of the kinds of contacts',
    help: 'Give one of those that `detail` names; GET /api/me lists them as `organization.contactKinds`.',
  },
  identity_taken: {
    status: 409,
    title: 'Another contact has this address',
    help: 'Use the contact that `contactId` names, where you see it, or leave the address out.',
  },
  merge_refused: {
    status: 409,
    title: 'These two cannot be merged or parted now',
    help: 'See `detail`; GET /api/merges lists what was merged.',
  },
  conversation_merged: {
    status: 409,
    title: 'The conversation is part of another one',
    help: 'Go on in the conversation that `conversationId` names.',
  },
  contact_blocked: {
    status: 409,
    title: 'The contact is blocked',
    help: 'Unblock the contact first: PATCH /api/contacts/{id} with `blocked: false`.',
  },
  tag_taken: { status: 409, title: 'A tag with this name already exists', help: 'Use it, or choose another name.' },
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
  mention_out_of_sight: {
    status: 422,
    title: 'A colleague who is mentioned cannot see it',
    help: 'Leave out those whom `userIds` names, or let them see it first.',
  },
  user_out_of_sight: {
    status: 422,
    title: 'The colleague cannot see the conversation',
    help: 'Choose somebody who can, or assign it to them first.',
  },
  shortcut_taken: {
    status: 409,
    title: 'A canned response with this shortcut already exists there',
    help: 'Choose another shortcut, or change the one that is there.',
  },
  variable_unknown: {
    status: 422,
    title: 'The text has a variable that there is not',
    help: 'Mend it at the place that `detail` names; docs/teamwork.md lists the variables.',
  },
  limit_reached: {
    status: 409,
    title: 'There are as many of these as there may be',
    help: 'Remove one that is no longer needed; `detail` names the limit.',
  },
  rank_too_high: {
    status: 403,
    title: 'Nobody grants a role above their own',
    help: 'Choose a role of your own rank or below.',
  },
  permission_not_held: {
    status: 403,
    title: 'Nobody grants what they may not do themselves',
    help: 'Leave out the permission that `detail` names, or ask somebody who holds it.',
  },
  last_administrator: {
    status: 409,
    title: 'This is the last active administrator',
    help: 'Make somebody else an administrator first.',
  },
  account_shared: {
    status: 409,
    title: 'The account belongs to other organizations too',
    help: 'Only its owner changes this: by PATCH /api/me, or by a password reset by e-mail.',
  },
  current_password_wrong: {
    status: 422,
    title: 'The current password is wrong',
    help: 'Give the password that you sign in with, or have it reset by e-mail.',
  },
  primary_team_invalid: {
    status: 422,
    title: "The primary team is none of the user's teams",
    help: 'Name one of `teams`.',
  },
  role_key_taken: { status: 409, title: 'A role with this key already exists', help: 'Choose another key.' },
  role_built_in: {
    status: 409,
    title: 'The role is one that every organization has',
    help: 'Make a role of your own with the permissions that you want.',
  },
  role_in_use: {
    status: 409,
    title: 'Somebody has the role',
    help: 'Give the users and the open invitations that `detail` counts another role first.',
  },
  role_senseless: {
    status: 422,
    title: 'The permissions do not work together',
    help: 'Mend the permission that `detail` names; docs/roles.md has the rules.',
  },
  already_invited: {
    status: 409,
    title: 'This e-mail is invited already',
    help: 'Send the invitation that `invitationId` names again, or withdraw it.',
  },
  invitation_accepted: {
    status: 409,
    title: 'The invitation was accepted',
    help: 'Change the user instead.',
  },
  link_invalid: {
    status: 410,
    title: 'The link does not work',
    help: 'It was used, is too old, or was withdrawn: ask for a new one.',
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
  origin_refused: { status: 403, title: 'This origin may not do this', help: 'Add it to TIMS_ALLOWED_ORIGINS.' },
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
