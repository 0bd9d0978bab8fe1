import type { ComponentProps } from 'react';
import { staying } from './staying.ts';

type Staying = ComponentProps<'button'> & { 'data-loading'?: boolean };

/** What stands beneath every button of the component library: while it waits it keeps the focus. */
export function StayingButton({ type = 'button', disabled, ...props }: Staying) {
  const isWaiting = props['data-loading'] === true;
  return <button {...props} type={type} disabled={disabled && !isWaiting} {...staying(isWaiting)} />;
}
