import { cx } from '../inbox-kit/class-names.js';

/** The sign and the name of the product. */
export function Wordmark({ size = 'md', light = false }: { size?: 'md' | 'lg'; light?: boolean }) {
  return (
    <span
      className={cx(
        'flex items-center font-semibold tracking-tight',
        size === 'lg' ? 'gap-3 text-2xl' : 'gap-2 text-base',
      )}
    >
      <Sign className={size === 'lg' ? 'size-10' : 'size-7'} light={light} />
      TIMS
    </span>
  );
}

function Sign({ className, light }: { className: string; light: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-flex items-center justify-center rounded-[25%]',
        light ? 'bg-white/20' : 'bg-brand',
        className,
      )}
    >
      <svg viewBox="0 0 32 32" className="size-full" fill="#fff" role="presentation">
        <path d="M8 9.5h16v3h-6.4V18h-3.2v-5.5H8z" />
        <path d="M7.5 18.5h4.6l1.7 2.6h4.4l1.7-2.6h4.6V23a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z" fillOpacity=".92" />
      </svg>
    </span>
  );
}
