/** A row of the chain as it is stored. */
export type ActivityRow = {
  organization_id: string;
  sequence: number;
  at: number;
  actor_type: string;
  actor_id: string;
  via: string | null;
  ip: string | null;
  action: string;
  entity_id: string | null;
  conversation_id: string | null;
  data: string;
  mac: string;
};

/** Where an organization's chain ends, and the row up to which it was purged. */
export interface ChainHead {
  sequence: number;
  mac: string;
  signature: string;
  checkpointSequence: number;
  checkpointMac: string;
  checkpointSignature: string;
}
