import { useState } from 'react';
import { t } from '../words/t.ts';
import { CitePicker } from './cite-picker.tsx';
import type { Cite } from './shapes.ts';

type Picking = {
  partyId: string;
  side?: 'theirs' | 'ours';
  says: string;
  cites: readonly Cite[];
  onChange: (cites: readonly Cite[]) => void;
};

/** Several words of the record, one after the other. */
export function CitesPicker({ partyId, side, says, cites, onChange }: Picking) {
  const [isAdding, setAdding] = useState(false);
  const add = (cite: Cite | null) => {
    if (cite) onChange([...cites, cite]);
    setAdding(false);
  };
  const isPicking = cites.length === 0 || isAdding;
  return (
    <>
      {cites.map((cite) => (
        <CitePicker
          key={`${cite.interactionId} ${cite.start} ${cite.end}`}
          partyId={partyId}
          side={side}
          says={says}
          cite={cite}
          onPick={() => onChange(cites.filter((other) => other !== cite))}
        />
      ))}
      {isPicking && <CitePicker partyId={partyId} side={side} says={says} cite={null} onPick={add} />}
      {!isPicking && (
        <p>
          <button type="button" className="link-button" onClick={() => setAdding(true)}>
            {t('cite.more')}
          </button>
        </p>
      )}
    </>
  );
}
