import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Problem } from '../api/problem.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

/** The last net: a page that cannot be drawn says so, and that nothing in the record was touched. */
export class Broken extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <BrokenWords error={this.state.error} />;
  }
}

export function RouteBroken({ error }: { error: unknown }) {
  return <BrokenWords error={error} />;
}

function BrokenWords({ error }: { error: unknown }) {
  const isRefusal = error instanceof Problem;
  return (
    <div className="page page-narrow stack" role="alert">
      <h1>{isRefusal ? t('broken.refused') : t('broken.title')}</h1>
      <p>{isRefusal ? problemWords(error) : t('broken.kept')}</p>
      {!isRefusal && <pre className="mono sheet broken-trace">{String(error)}</pre>}
      <div className="row">
        <Button onClick={() => location.reload()}>{t('broken.again')}</Button>
        <Button variant="default" component="a" href="/">
          {t('broken.home')}
        </Button>
      </div>
    </div>
  );
}
