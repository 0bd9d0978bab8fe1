import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { heldCite } from '../agreement/held-cite.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';
import { boundariesQuery } from './boundary.queries.ts';
import { BoundarySheet } from './boundary-sheet.tsx';
import { BreachForm } from './breach-form.tsx';
import { SetForm } from './set-form.tsx';
import '../course/course.css';
import '../language/language.css';
import '../agreement/agreement.css';

const route = getRouteApi('/clients/$partyId/boundaries');

/** Rules of contact with a client: what was crossed, in which words, and the exact text that comes next. */
export function BoundaryPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [isSetting, setSetting] = useState(false);
  const [isRecording, setRecording] = useState(() => heldCite.get() !== null);
  const items = useQuery({ ...boundariesQuery(partyId), throwOnError: true }).data?.items;
  const kept = items?.filter(({ state }) => state === 'kept') ?? [];
  useKeys([
    { keys: '+', says: 'boundary.set', run: () => setSetting(true) },
    { keys: '!', says: 'boundary.record', run: () => setRecording(true) },
  ]);
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="course stack" aria-labelledby="boundary-title">
      <PaneTitle
        id="boundary-title"
        says={t('boundary.title')}
        closeSays={t('boundary.close')}
        onClose={leave}
      />
      {!items && <p className="quiet">{t('list.loading')}</p>}
      {items?.length === 0 && !isSetting && <p className="quiet">{t('boundary.none')}</p>}
      {isRecording && kept.length > 0 && (
        <BreachForm partyId={partyId} boundaries={kept} onDone={() => setRecording(false)} />
      )}
      {items?.map((boundary) => (
        <BoundarySheet key={boundary.id} partyId={partyId} boundary={boundary} />
      ))}
      <div className="row">
        {!isRecording && kept.length > 0 && (
          <button type="button" className="action" onClick={() => setRecording(true)}>
            {t('boundary.record')} <KeyCap says="!" />
          </button>
        )}
        {!isSetting && (
          <button type="button" className="action" onClick={() => setSetting(true)}>
            {t('boundary.set')} <KeyCap says="+" />
          </button>
        )}
      </div>
      {isSetting && <SetForm partyId={partyId} onDone={() => setSetting(false)} />}
    </section>
  );
}
