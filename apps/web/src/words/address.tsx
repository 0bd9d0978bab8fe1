import { Fragment } from 'react';

/** An address that does not fit a line goes on after its @ or a dot, not in the middle of a name. */
export function Address({ says }: { says: string }) {
  return says.split(/(?<=[@.])/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
