import { useState } from 'react';
import { ReasonForm } from '../procedure/reason-form.tsx';
import { t } from '../words/t.ts';
import { actOn } from './gate.queries.ts';

/** Sends a letter that waits all the same, for a reason that is kept. A second person is passed over for safety only. */
export function HurryForm({ id, asksSecond }: { id: string; asksSecond: boolean }) {
  const [forSafety, setSafety] = useState(false);
  return (
    <ReasonForm
      opens={t('gate.allTheSame')}
      explains={t('gate.allTheSameWhy')}
      does={t('gate.allTheSame')}
      run={(reason) => actOn({ id, act: { does: 'hurry', reason, forSafety } }).then(() => null)}
    >
      {asksSecond && (
        <label className="row">
          <input
            type="checkbox"
            required
            checked={forSafety}
            onChange={(event) => setSafety(event.currentTarget.checked)}
          />
          {t('gate.forSafety')}
        </label>
      )}
    </ReasonForm>
  );
}
