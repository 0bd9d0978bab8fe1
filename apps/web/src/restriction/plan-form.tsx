import { useState } from 'react';
import { CitesPicker } from '../agreement/cites-picker.tsx';
import { DoForm } from '../agreement/do-form.tsx';
import type { Cite } from '../agreement/shapes.ts';
import { planRestriction } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { type Consulted, ConsultedFields, NOBODY } from './consulted-fields.tsx';
import { MeasureFields, NO_MEASURE } from './measure-fields.tsx';

const WEIGHED = ['aim', 'milder', 'effect', 'ownHandling', 'otherWay'] as const;
const UNWEIGHED = { aim: '', milder: '', effect: '', ownHandling: '', otherWay: '' };

/** A plan: what it is about, what is weighed, who was asked, what is restricted, and until when. */
export function PlanForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const [cites, setCites] = useState<readonly Cite[]>([]);
  const [weighing, setWeighing] = useState(UNWEIGHED);
  const [asked, setAsked] = useState<readonly Consulted[]>([NOBODY]);
  const [measure, setMeasure] = useState(NO_MEASURE);
  const [dates, setDates] = useState({ reviewOn: '', untilOn: '' });
  const [safety, setSafety] = useState('');
  const { reviewOn, untilOn } = dates;
  const plan = () =>
    planRestriction({
      path: { id: partyId },
      body: {
        measure,
        weighing,
        consulted: asked.filter(({ who }) => who.trim() !== ''),
        cites: [...cites],
        safety: safety.trim() || null,
        reviewOn: reviewOn || null,
        untilOn: untilOn || null,
      },
    });
  return (
    <DoForm
      says={t('restriction.keepPlan')}
      doneSays={t('restriction.planKept')}
      act={plan}
      onDone={onDone}
      onCancel={onDone}
    >
      <p className="small quiet">{t('restriction.planAbout')}</p>
      <CitesPicker
        partyId={partyId}
        side="theirs"
        says={t('restriction.words')}
        cites={cites}
        onChange={setCites}
      />
      {WEIGHED.map((each) => (
        <label key={each}>
          {t(`restriction.weigh-${each}`)}
          <textarea
            rows={2}
            value={weighing[each]}
            onChange={(event) => setWeighing({ ...weighing, [each]: event.currentTarget.value })}
          />
        </label>
      ))}
      <ConsultedFields consulted={asked} onChange={setAsked} />
      <MeasureFields measure={measure} onChange={setMeasure} />
      <label>
        {t('restriction.reviewAsk')}
        <input
          type="date"
          value={reviewOn}
          onChange={(event) => setDates({ ...dates, reviewOn: event.currentTarget.value })}
        />
      </label>
      <label>
        {t('restriction.untilAsk')}
        <input
          type="date"
          value={untilOn}
          onChange={(event) => setDates({ ...dates, untilOn: event.currentTarget.value })}
        />
      </label>
      <details>
        <summary className="small">{t('restriction.safetyAsk')}</summary>
        <label>
          {t('restriction.safetyWhy')}
          <textarea rows={2} value={safety} onChange={(event) => setSafety(event.currentTarget.value)} />
        </label>
      </details>
    </DoForm>
  );
}
