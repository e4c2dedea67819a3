/** What can stand open over a conversation. */
export type Menu = 'assign' | 'transfer' | 'close' | 'tag' | 'followUp' | 'watch';
