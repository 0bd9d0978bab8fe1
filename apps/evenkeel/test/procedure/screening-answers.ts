import type { Json } from '../support/test-app.ts';

export type Answer = { readonly status: number; readonly body: Json };
type Flag = { readonly kind: string; readonly quote: string; readonly phrase: string | null };
type Match = {
  readonly partyId: string;
  readonly level: string;
  readonly shared: readonly { kind: string; value: string; confidence: number }[];
  readonly verdict: { readonly verdict: string } | null;
  readonly warnings: readonly { readonly id: string }[];
};
export type View = Json & {
  readonly partyId: string;
  readonly partyState: string;
  readonly interactionId: string;
  readonly flags: readonly Flag[];
  readonly matches: readonly Match[];
  readonly warnings: readonly { readonly id: string }[];
};
