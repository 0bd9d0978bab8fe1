import type { ComponentProps } from 'react';

type Staying = ComponentProps<'button'> & { 'data-loading'?: boolean };

/**
 * What stands beneath every button of the component library: while it waits it cannot be pressed again, and keeps the focus.
 * A disabled one would lose it, and whoever walks by keys would begin at the top of the page.
 */
export function StayingButton({ type = 'button', disabled, onClick, ...props }: Staying) {
  const isWaiting = props['data-loading'] === true;
  return (
    <button
      {...props}
      type={type}
      disabled={disabled && !isWaiting}
      aria-disabled={isWaiting || undefined}
      onClick={isWaiting ? (event) => event.preventDefault() : onClick}
    />
  );
}
