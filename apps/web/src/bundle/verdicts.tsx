import type { VerifyReport } from '@evenkeel/proof/verify-report';
import { t } from '../words/t.ts';

const SHOWN_FAILURES = 10;

/** Three verdicts, never one: what is unchanged, what was said about time, what is not there. */
export function Verdicts({ report: { integrity, time, completeness } }: { report: VerifyReport }) {
  const streams = completeness.streams;
  const sum = (of: 'exhibited' | 'withheld' | 'erased' | 'missing') =>
    streams.reduce((all, stream) => all + stream[of], 0);
  return (
    <dl className="bundles-verdicts">
      <dt>{t('bundles.integrity')}</dt>
      <dd>
        {integrity.ok
          ? t('bundles.integrityHolds')
          : t('bundles.integrityFails', { count: integrity.failures.length })}
        {integrity.failures.slice(0, SHOWN_FAILURES).map(({ path, code, message }) => (
          <code key={path + code + message} className="mono small bundles-failure" lang="en">
            {path} {message}
          </code>
        ))}
      </dd>
      <dt>{t('bundles.time')}</dt>
      <dd>{t('bundles.timeStamps', { count: time.anchors.length })}</dd>
      <dt>{t('bundles.completeness')}</dt>
      <dd>
        {completeness.ok === null
          ? t('bundles.notToBeSaid')
          : t(completeness.ok ? 'bundles.nothingMissing' : 'bundles.missing', {
              exhibited: sum('exhibited'),
              withheld: sum('withheld'),
              erased: sum('erased'),
              count: sum('missing'),
            })}
      </dd>
    </dl>
  );
}
