import { newStore } from '../shell/store.ts';

/** The messages a person picks as exhibits, of one client at a time. */
export type Picks = {
  readonly partyId: string;
  readonly isPicking: boolean;
  readonly ids: ReadonlySet<string>;
};

export const picks = newStore<Picks>({ partyId: '', isPicking: false, ids: new Set() });

export function picksOf(all: Picks, partyId: string): Picks {
  return all.partyId === partyId ? all : { partyId, isPicking: false, ids: new Set() };
}

export function togglePick(partyId: string, id: string): void {
  picks.set((all) => {
    const { ids } = picksOf(all, partyId);
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { partyId, isPicking: true, ids: next };
  });
}

export function startPicking(partyId: string): void {
  picks.set((all) => ({ ...picksOf(all, partyId), isPicking: true }));
}

export function stopPicking(partyId: string): void {
  picks.set({ partyId, isPicking: false, ids: new Set() });
}
