import { useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import { DoForm } from '../agreement/do-form.tsx';
import { heldCite } from '../agreement/held-cite.ts';
import type { Cite } from '../agreement/shapes.ts';
import { recordBreach } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import type { Boundary } from './boundary.queries.ts';

type Recording = { partyId: string; boundaries: readonly Boundary[]; onDone: () => void };

/** One crossing: which rule, and the words that show it. */
export function BreachForm({ partyId, boundaries, onDone }: Recording) {
  const [id, setId] = useState(boundaries[0]!.id);
  const [cite, setCite] = useState<Cite | null>(heldCite.get());
  const [note, setNote] = useState('');
  const close = () => {
    heldCite.set(() => null);
    onDone();
  };
  return (
    <div className="sheet">
      <h2 className="answer-head">{t('boundary.record')}</h2>
      <DoForm
        says={t('boundary.count')}
        doneSays={t('boundary.counted')}
        act={() => recordBreach({ path: { id }, body: { cite, note: note || null } })}
        onDone={close}
        onCancel={close}
        lacks={cite ? null : t('boundary.quoteNeeded')}
      >
        <label>
          {t('boundary.which')}
          <select value={id} onChange={(event) => setId(event.currentTarget.value)}>
            {boundaries.map((boundary) => (
              <option key={boundary.id} value={boundary.id}>
                {t('boundary.headLine', { number: boundary.clause.number, says: boundary.says })}
              </option>
            ))}
          </select>
        </label>
        <CitePicker partyId={partyId} side="theirs" says={t('boundary.quote')} cite={cite} onPick={setCite} />
        <label>
          {t('boundary.note')}
          <input value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        </label>
      </DoForm>
    </div>
  );
}
