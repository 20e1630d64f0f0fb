"""An answer in quotations: which of the ranked sentences are shown, in what order, and how."""
