import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogVerdict } from '../api/shapes.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { logHeadQuery, verifyLog } from './search.queries.ts';

/** The log's size and key, and an audit of it while one waits. */
export function LogCheck() {
  const head = useQuery(logHeadQuery).data;
  const audit = useMutation({ mutationFn: verifyLog });
  const [isDeep, setDeep] = useState(false);
  return (
    <section className="section stack">
      <h2>{t('log.title')}</h2>
      <p>{head ? t('log.size', { count: head.size }) : t('list.loading')}</p>
      {head && (
        <p className="small">
          <span className="quiet">{t('log.key')}</span> <code className="mono">{head.vkey}</code>
        </p>
      )}
      <div className="row">
        <Button variant="default" loading={audit.isPending} onClick={() => audit.mutate(isDeep)}>
          {t('log.verify')}
        </Button>
        <Checkbox
          checked={isDeep}
          onChange={(event) => setDeep(event.currentTarget.checked)}
          label={t('log.deep')}
        />
      </div>
      {audit.error && <p className="notice">{problemWords(audit.error)}</p>}
      {audit.data && <Verdict verdict={audit.data} />}
    </section>
  );
}

function Verdict({ verdict: { ok, size, failures } }: { verdict: LogVerdict }) {
  if (ok) return <p role="status">{t('log.holds', { count: size })}</p>;
  return (
    <div className="notice" role="alert">
      <p>{t('log.broken', { count: failures.length })}</p>
      <ul>
        {failures.map(({ where, code, message }) => (
          <li key={where + code}>
            <code className="mono">{where}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
