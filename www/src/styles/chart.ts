// The idiom of every chart: the current file filled, the reference outlined, missing hatched, invalid solid red.
import { css } from "lit";

export const chartStyles = css`
  .bar {
    fill: var(--dl-fill);
  }
  .floor {
    stroke: var(--dl-line-strong);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  .outline {
    fill: none;
    stroke: var(--dl-outline);
    stroke-width: 1.25;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  @media (forced-colors: active) {
    .bar {
      fill: Highlight;
      forced-color-adjust: none;
    }
    .outline,
    .floor {
      stroke: CanvasText;
    }
  }
  @media print {
    .bar {
      fill: #9a9a9a;
      print-color-adjust: exact;
    }
  }
`;
