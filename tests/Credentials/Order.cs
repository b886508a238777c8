// Passwords are checked on few places of the processor, for which a sign-in waits a limited time: side by side, tests would take them from each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
