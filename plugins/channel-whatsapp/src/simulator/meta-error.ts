/** An answer of the Graph API that refuses. */
export interface MetaError {
  status: number;
  body: {
    error: {
      message: string;
      type: string;
      code: number;
      error_subcode?: number;
      error_data?: { messaging_product: 'whatsapp'; details: string };
      fbtrace_id: string;
    };
  };
}

/** Title, details and HTTP status of the codes that the simulator gives by itself; any other code can be asked for. */
const known: Record<number, { status: number; title: string; details?: string; type?: string }> = {
  1: { status: 400, title: 'An unknown error occurred' },
  2: { status: 503, title: 'Service temporarily unavailable' },
  4: { status: 400, title: 'Application request limit reached' },
  100: { status: 400, title: 'Invalid parameter' },
  190: { status: 401, title: 'Invalid OAuth access token - Cannot parse access token' },
  2500: { status: 400, title: 'Unknown path components' },
  130429: {
    status: 400,
    title: 'Rate limit hit',
    details:
      'Message failed to send because there were too many messages sent from this phone number in a short period of time',
  },
  131000: { status: 500, title: 'Something went wrong' },
  131008: { status: 400, title: 'Required parameter is missing' },
  131009: { status: 400, title: 'Parameter value is not valid' },
  131016: { status: 500, title: 'Service unavailable' },
  131021: {
    status: 400,
    title: 'Recipient cannot be sender',
    details: 'Sender and recipient phone number is the same',
  },
  131026: {
    status: 400,
    title: 'Message undeliverable',
    details: 'Message Undeliverable.',
  },
  131047: {
    status: 400,
    title: 'Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  },
  131048: { status: 400, title: 'Spam rate limit hit' },
  131050: { status: 400, title: 'User has stopped receiving marketing messages from your business' },
  131051: { status: 400, title: 'Unsupported message type' },
  131056: {
    status: 400,
    title: '(Business Account, Consumer Account) pair rate limit hit',
    details:
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time',
  },
  131057: { status: 500, title: 'Account in maintenance mode' },
  133004: { status: 503, title: 'Server temporarily unavailable' },
};

export function metaError(code: number, details?: string, subcode?: number): MetaError {
  const entry = known[code] ?? { status: 400, title: 'Error' };
  const said = details ?? entry.details;
  return {
    status: entry.status,
    body: {
      error: {
        message: code === 190 ? entry.title : `(#${code}) ${entry.title}`,
        type: 'OAuthException',
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(said === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details: said } }),
        fbtrace_id: 'AsimulatedTrace00000000',
      },
    },
  };
}

/** The same error as it stands in a `failed` status. */
export function statusError(code: number): Record<string, unknown> {
  const entry = known[code] ?? { title: 'Error', details: undefined };
  return {
    code,
    title: entry.title,
    message: entry.title,
    ...(entry.details === undefined ? {} : { error_data: { details: entry.details } }),
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}
