"""Look: the design system that all faces share: tokens, components, layout, states."""
