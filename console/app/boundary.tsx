import { Component, type ReactNode } from 'react';
import { ErrorNote } from '../kit/notes.tsx';

type BoundaryProps = { readonly children: ReactNode };
type BoundaryState = { readonly error: unknown; readonly hasFailed: boolean };

/** Says what went wrong where a screen should be, and leaves the others alone. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined, hasFailed: false };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error, hasFailed: true };
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state;
    if (!hasFailed) return this.props.children;
    return <ErrorNote error={error} onRetry={() => this.setState({ error: undefined, hasFailed: false })} />;
  }
}
