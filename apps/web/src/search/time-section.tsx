import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { wordsOf } from '../casefile/act.tsx';
import type { Anchors } from '../generated/types.gen.ts';
import { NamedOutside } from '../trust/named-outside.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { anchorsQuery, authoritiesQuery, nameAuthorities, stampNow } from './search.queries.ts';

const SHOWN = 5;

/** Who outside says when the log stood as it does, and what they said last. */
export function TimeSection() {
  const authorities = useQuery(authoritiesQuery).data?.items;
  const anchors = useQuery(anchorsQuery).data?.items;
  const stamping = useMutation({ mutationFn: stampNow });
  if (!authorities || !anchors) return null;
  const silent = stamping.data?.items.filter(({ failure }) => failure === 'silent') ?? [];
  return (
    <section className="section stack" aria-labelledby="time-outside">
      <h2 id="time-outside">{t('time.title')}</h2>
      <p className="quiet small">{t('time.what')}</p>
      {anchors.length === 0 && <p>{t('time.none')}</p>}
      <ul className={anchors.length > 0 ? 'sheet lines' : undefined}>
        {anchors.slice(0, SHOWN).map((anchor) => (
          <AnchorLine key={anchor.recordId} anchor={anchor} />
        ))}
      </ul>
      {authorities.length > 0 && (
        <div className="row">
          <Button variant="default" loading={stamping.isPending} onClick={() => stamping.mutate(undefined)}>
            {t('time.now')}
          </Button>
        </div>
      )}
      {stamping.error && (
        <p className="notice" role="alert">
          {problemWords(stamping.error)}
        </p>
      )}
      {silent.map(({ authority }) => (
        <p key={authority} className="notice" role="status">
          {t('time.silent', { authority })}
        </p>
      ))}
      <NamedOutside
        items={authorities}
        name={nameAuthorities}
        addSays={t('time.add')}
        added={(fields) => ({
          name: wordsOf(fields, 'name'),
          url: wordsOf(fields, 'url'),
          roots: wordsOf(fields, 'roots'),
        })}
        dropSays={(name) => t('time.drop', { name })}
      >
        <label className="field">
          {t('time.name')}
          <input name="name" required />
        </label>
        <label className="field">
          {t('time.url')}
          <input name="url" type="url" required />
        </label>
        <label className="field">
          {t('time.roots')}
          <span className="small quiet">{t('time.rootsWhy')}</span>
          <textarea name="roots" rows={4} required />
        </label>
      </NamedOutside>
    </section>
  );
}

function AnchorLine({ anchor }: { anchor: Anchors['items'][number] }) {
  const { kind, authority, size, stampedAt, refusedAs, recordedAt } = anchor;
  if (kind === 'block') return <li>{t('time.block', { count: size })}</li>;
  if (kind === 'cosignature' && stampedAt !== null)
    return <li>{t('time.cosigned', { authority, count: size, when: momentOf(stampedAt) })}</li>;
  if (stampedAt !== null)
    return <li>{t('time.stamped', { authority, count: size, when: momentOf(stampedAt) })}</li>;
  return (
    <li>
      {t('time.refused', { authority, when: momentOf(recordedAt) })}{' '}
      <code className="mono small">{refusedAs}</code>
    </li>
  );
}
