// The look of a status: icon, word and colour together, never colour alone.
import { css } from "lit";

export const statusStyles = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 1px 9px 1px 6px;
    border-radius: 99px;
    background: var(--dl-sunken);
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
    font-weight: 550;
    line-height: 1.6;
    white-space: nowrap;
  }
  .ok {
    --tone: var(--dl-ok);
    --tone-soft: var(--dl-ok-soft);
  }
  .warning {
    --tone: var(--dl-warning);
    --tone-soft: var(--dl-warning-soft);
  }
  .critical {
    --tone: var(--dl-critical);
    --tone-soft: var(--dl-critical-soft);
  }
  .info {
    --tone: var(--dl-info);
    --tone-soft: var(--dl-info-soft);
  }
  .not_run {
    --tone: var(--dl-ink-3);
    --tone-soft: var(--dl-sunken);
  }
  .chip.ok,
  .chip.warning,
  .chip.critical,
  .chip.info {
    background: var(--tone-soft);
    color: var(--tone);
  }
  .tone {
    color: var(--tone);
  }
`;
