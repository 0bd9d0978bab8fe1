import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Anchors, TimeAuthority } from '../generated/types.gen.ts';
import { useSession } from '../session/session.queries.ts';
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
  const isOwner = useSession().data?.member?.role === 'owner';
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
          <span className="quiet small">{authorities.map(({ name }) => name).join(' · ')}</span>
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
      {isOwner && <AuthorityForm authorities={authorities} />}
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

/** Whom to ask, and by which certificate they are believed. */
function AuthorityForm({ authorities }: { authorities: readonly TimeAuthority[] }) {
  const naming = useMutation({ mutationFn: nameAuthorities });
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const field = (name: string) => String(fields.get(name) ?? '').trim();
    const added = { name: field('name'), url: field('url'), roots: field('roots') };
    naming.mutate([...authorities, added], { onSuccess: () => form.reset() });
  };
  return (
    <details>
      <summary>{t('time.authorities')}</summary>
      <div className="stack">
        <ul className={authorities.length > 0 ? 'sheet lines' : undefined}>
          {authorities.map(({ name, url }) => (
            <li key={name} className="row">
              <span>
                {name} <span className="quiet small">{url}</span>
              </span>
              <button
                type="button"
                className="link-button"
                onClick={() => naming.mutate(authorities.filter((one) => one.name !== name))}
              >
                {t('time.drop', { name })}
              </button>
            </li>
          ))}
        </ul>
        <form className="stack" onSubmit={add}>
          <TextInput name="name" label={t('time.name')} required />
          <TextInput name="url" type="url" label={t('time.url')} required />
          <Textarea name="roots" label={t('time.roots')} description={t('time.rootsWhy')} rows={4} required />
          {naming.error && (
            <p className="notice" role="alert">
              {problemWords(naming.error)}
            </p>
          )}
          <div className="row">
            <Button type="submit" variant="default" loading={naming.isPending}>
              {t('time.add')}
            </Button>
          </div>
        </form>
      </div>
    </details>
  );
}
