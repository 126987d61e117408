// The bar that says how far the reading is. It goes from step to step: what moves with every frame takes the processor from the
// engine that is waited for, so a bar that knows nothing moves only where that takes long.
import { css } from "lit";

export const progressStyles = css`
  progress {
    width: 100%;
    height: 10px;
    border: 0;
    border-radius: 5px;
    overflow: hidden;
    appearance: none;
    background: var(--dl-sunken);
    accent-color: var(--dl-accent);
  }
  progress::-webkit-progress-bar {
    background: var(--dl-sunken);
  }
  progress::-webkit-progress-value {
    border-radius: 5px;
    background: var(--dl-accent);
  }
  progress::-moz-progress-bar {
    background: var(--dl-accent);
  }
  progress:indeterminate::-webkit-progress-bar {
    background: linear-gradient(90deg, var(--dl-sunken), var(--dl-accent), var(--dl-sunken)) 0 0 / 200% 100%;
    animation: pass 1.6s 0.8s linear infinite;
  }
  @keyframes pass {
    to {
      background-position: -200% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    progress:indeterminate::-webkit-progress-bar {
      animation: none;
    }
  }
`;
