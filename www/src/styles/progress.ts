// The bar that says how far the reading is.
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
    transition: inline-size 0.15s linear;
  }
  progress::-moz-progress-bar {
    background: var(--dl-accent);
  }
  progress:indeterminate::-webkit-progress-bar {
    background: linear-gradient(90deg, var(--dl-sunken), var(--dl-accent), var(--dl-sunken)) 0 0 / 200% 100%;
    animation: pass 1.6s linear infinite;
  }
  @keyframes pass {
    to {
      background-position: -200% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    progress::-webkit-progress-value {
      transition: none;
    }
    progress:indeterminate::-webkit-progress-bar {
      animation: none;
    }
  }
`;
