/** A share on a line from 0 to 1: the interval as a bar, the estimate as a stroke; open where nothing is known. */
import type { ShareView } from "../../generated/api";
import styles from "./review.module.css";

const WIDTH = 140;
const HEIGHT = 14;

export function Interval({ share }: { share: ShareView }) {
  const x = (value: number) => 1 + (value / 10_000) * (WIDTH - 2);
  const open = share.estimate === null;
  return (
    <svg width={WIDTH} height={HEIGHT} className={styles.interval} aria-hidden focusable="false">
      <line x1={1} x2={WIDTH - 1} y1={HEIGHT / 2} y2={HEIGHT / 2} className={styles.intervalLine} />
      <rect x={x(share.low)} y={3} width={Math.max(1, x(share.high) - x(share.low))} height={HEIGHT - 6} className={open ? styles.intervalOpen : styles.intervalBar} />
      {share.estimate === null ? null : <line x1={x(share.estimate)} x2={x(share.estimate)} y1={0} y2={HEIGHT} className={styles.intervalMark} />}
    </svg>
  );
}
