/** The product's mark: three sources that meet in one point. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <path d="M6 7L16 17M26 7L16 17M16 28V17" stroke="var(--accent)" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="6" cy="7" r="4" fill="var(--bg-1)" stroke="var(--fg-1)" strokeWidth="2" />
      <path d="M22.5 3.500h7v7h-7z" fill="var(--bg-1)" stroke="var(--fg-1)" strokeWidth="2" />
      <path d="M16 23.500l4 4.500h-8z" fill="var(--bg-1)" stroke="var(--fg-1)" strokeWidth="2" strokeLinejoin="round" />
      <circle cx="16" cy="17" r="4.2" fill="var(--accent)" />
    </svg>
  );
}
