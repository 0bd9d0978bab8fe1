import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Erasing } from '../generated/types.gen.ts';
import { focused } from '../shell/focused.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { EraseForm } from './erase-form.tsx';
import { ErasePreview } from './erase-preview.tsx';
import { previewQuery, type Target, useErasureNow } from './erasure.queries.ts';
import { Going } from './going.tsx';
import '../casefile/casefile.css';
import './erasure.css';

const route = getRouteApi('/erase');

/** Erasing one client or one record: what goes and what stays is seen first, and the name is typed. */
export function ErasePage() {
  const { party, record } = route.useSearch();
  const target: Target | null = party
    ? { scope: 'party', subject: party }
    : record
      ? { scope: 'record', subject: record }
      : null;
  return (
    <div className="page erasure">
      <PageTitle says={t('erasure.title')} />
      <header className="page-head">
        <h1>{t('erasure.title')}</h1>
        <Link to="/kept" className="action">
          {t('kept.title')}
        </Link>
      </header>
      {target ? <Meant target={target} /> : <p className="quiet">{t('erasure.pick')}</p>}
    </div>
  );
}

/** While something is being erased nothing else is looked at: a page that is opened anew shows how far it is. */
function Meant({ target }: { target: Target }) {
  const { now, isAsked } = useErasureNow();
  const wasAsked = useRef(false);
  const [wasWatched, setWasWatched] = useState(false);
  useEffect(() => {
    if (isAsked) wasAsked.current = true;
    else if (now && !wasAsked.current) setWasWatched(true);
  }, [isAsked, now]);
  if (now === undefined) return <p className="quiet">{t('list.loading')}</p>;
  return (
    <>
      {now && <Going now={now} />}
      {!now && wasWatched ? (
        <Over onLook={() => setWasWatched(false)} />
      ) : (
        (isAsked || !now) && <Erase key={target.subject} target={target} />
      )}
    </>
  );
}

/** One that was only watched here: what was to be erased may be gone, and is not asked for by itself. */
function Over({ onLook }: { onLook: () => void }) {
  return (
    <section className="section stack" aria-labelledby="erase-over">
      <h2 id="erase-over" ref={focused} tabIndex={-1}>
        {t('erasure.over')}
      </h2>
      <p>
        {t('erasure.overWhere')} <Link to="/kept">{t('kept.title')}</Link>
      </p>
      <p>
        <button type="button" className="link-button small" onClick={onLook}>
          {t('erasure.look')}
        </button>
      </p>
    </section>
  );
}

function Erase({ target }: { target: Target }) {
  const [also, setAlso] = useState<readonly string[]>([]);
  const [done, setDone] = useState<Erasing | null>(null);
  const { data: look } = useQuery({
    ...previewQuery(target, also),
    enabled: done?.state !== 'erased',
    throwOnError: true,
  });
  if (done?.state === 'erased') return <Erased done={done} />;
  if (!look) return <p className="quiet">{t('erasure.looking')}</p>;
  return (
    <>
      <ErasePreview look={look} also={also} onAlso={setAlso} />
      <EraseForm target={target} look={look} also={also} onDone={setDone} />
    </>
  );
}

function Erased({ done }: { done: Erasing }) {
  return (
    <section className="section stack" aria-labelledby="erase-done">
      <h2 id="erase-done" ref={focused} tabIndex={-1}>
        {t('erasure.done')}
      </h2>
      <p>{t('erasure.doneWhat', { entries: done.entries ?? 0, objects: done.objects ?? 0 })}</p>
      <p className="quiet">{t('erasure.doneStays')}</p>
      <p className="small quiet">{t('erasure.receipt', { id: done.id })}</p>
    </section>
  );
}
