import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';

/** XC3 lists users: what nobody owns and what was folded are none. */
export function isPerson({ labels }: { readonly labels: { readonly user_name: string } }): boolean {
  return labels.user_name !== UNATTRIBUTED && labels.user_name !== OTHER;
}
