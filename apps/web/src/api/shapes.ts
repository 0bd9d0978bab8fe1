/** The shapes of the HTTP contract as the pages use them. Times are UTC ISO unless the type says stated. */
export type PersonName = { name: string | null; address: string | null };
export type Session = {
  state: 'first-run' | 'signed-out' | 'signed-in';
  workspace: { name: string | null; zone: string; demo?: boolean };
  member: { id: string; name: string; role: string } | null;
  version: string;
};
export type PartyState = 'contact' | 'prospect' | 'client' | 'former';
export type Direction = 'inbound' | 'outbound' | 'internal';
export type InteractionKind = 'message' | 'call' | 'meeting' | 'session' | 'note' | 'document';
export type AtSource = 'sent' | 'received' | 'exported' | 'recorded';
export type Stated = { at: string; offsetMin: number | null; source: string; certainty: string };
export type Page<T> = { items: T[]; next: string | null };
export type Identifier = { kind: string; value: string; label: string | null };
export type PartyRow = {
  id: string;
  name: string;
  state: PartyState;
  identifiers: Identifier[];
  interactions: number;
  firstAt: string | null;
  lastAt: string | null;
};
export type Party = PartyRow & { counts: { inbound: number; outbound: number } };
export type PartyRef = { id: string; name: string };
export type TimelineRow = {
  id: string;
  kind: InteractionKind;
  direction: Direction;
  at: string;
  atSource: AtSource;
  offsetMin: number | null;
  from: PersonName;
  to: string;
  subject: string | null;
  lead: string;
  attachments: number;
  issues: number;
  copies: number;
  threadId: string | null;
  parties: PartyRef[];
};
export type Issue = { code: string; message: string };
export type Attachment = {
  name: string | null;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  contentId: string | null;
  nested: boolean;
};
export type OriginalForm = {
  id: string;
  sha256: string;
  sizeBytes: number;
  mediaType: string;
  container: string | null;
  member: string | null;
  start: number | null;
  until: number | null;
};
export type Interaction = {
  row: TimelineRow;
  text: string;
  quotedFrom: number | null;
  html: boolean;
  times: { sent: Stated | null; received: Stated | null; exported: Stated | null; recorded: Stated };
  participants: Record<'from' | 'to' | 'cc' | 'bcc' | 'replyTo', PersonName[]>;
  attachments: Attachment[];
  issues: Issue[];
  originals: OriginalForm[];
  copies: { id: string; at: string; source: string }[];
  thread: TimelineRow[];
  parties: PartyRef[];
};
export type Provenance = {
  entry: {
    index: number;
    id: string;
    kind: string;
    actor: string;
    recordedAt: string;
    leaf: string;
    commitment: string;
    stream: string;
    seq: number;
  };
  filed: { index: number; partyId: string; partyName: string; seq: number }[];
  object: { commitment: string; sizeBytes: number; sha256: string };
  proof: {
    treeSize: number;
    leafHash: string;
    root: string;
    path: string[];
    ok: boolean;
    checkpoint: string;
    vkey: string;
  };
  recomputed: { sha256: string; commitmentOk: boolean; inclusionOk: boolean; signatureOk: boolean };
};
export type SearchHit = {
  id: string;
  party: PartyRef | null;
  at: string;
  kind: InteractionKind;
  direction: Direction;
  from: PersonName;
  subject: string | null;
  snippet: { text: string; marks: { start: number; end: number }[] };
};
export type Upload = { id: string; name: string; sizeBytes: number };
export type Correspondent = {
  name: string | null;
  address: string;
  count: number;
  first: string | null;
  last: string | null;
  isMe: boolean;
};
export type Survey = {
  correspondents: Correspondent[];
  items: number;
  unreadable: number;
  containers: { name: string; format: string; items: number }[];
};
export type RunTotals = {
  items: number;
  imported: number;
  duplicates: number;
  leftOut: number;
  unreadable: number;
};
export type RunProgress = { bytes: number; ofBytes: number };
export type RunIssue = Issue & {
  container: string | null;
  member: string | null;
  range: { start: number; end: number } | null;
};
export type Run = {
  id: string;
  state: 'running' | 'finished' | 'cancelled';
  source: string;
  startedAt: string;
  finishedAt: string | null;
  totals: RunTotals;
  progress: RunProgress | null;
  issues: RunIssue[];
};
export type Today = {
  counts: { interactions: number; parties: number; unfiled: number };
  latestRun: Run | null;
  recent: TimelineRow[];
  nothingDue: boolean;
};
export type LogHead = { note: string; vkey: string; size: number };
export type LogVerdict = {
  ok: boolean;
  size: number;
  failures: { where: string; code: string; message: string }[];
};
export type Health = {
  ok: boolean;
  lag: Record<string, number>;
  parked: number;
  checkpoint: { size: number; behind: number };
};
