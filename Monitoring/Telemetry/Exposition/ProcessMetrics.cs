using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Monitoring.Telemetry.Metrics;

namespace EHealthPlus.Monitoring.Telemetry.Exposition;

/// <summary>Figures of the process and its runtime, read when asked for. Names follow the Prometheus client conventions.</summary>
internal static class ProcessMetrics
{
    public static void Write(MetricText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Write("process_cpu_seconds_total", "Processor time used", MetricKind.Counter, process.TotalProcessorTime.TotalSeconds, "s");
        text.Write("process_resident_memory_bytes", "Resident memory", MetricKind.Gauge, process.WorkingSet64, "By");
        text.Write("process_start_time_seconds", "Start of the process, in seconds since 1970", MetricKind.Gauge, new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1e3, "s");
        text.Write("process_threads", "Threads of the process", MetricKind.Gauge, process.Threads.Count);
        if (OperatingSystem.IsLinux())
        {
            text.Write("process_open_fds", "Open file descriptors", MetricKind.Gauge, Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        }

        text.Head("dotnet_gc_collections_total", "Garbage collections by generation", MetricKind.Counter);
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample("dotnet_gc_collections_total", MetricText.Label("generation", generation.ToString(CultureInfo.InvariantCulture)), GC.CollectionCount(generation));
        }

        text.Write("dotnet_gc_pause_seconds_total", "Time that the process stood still for garbage collection", MetricKind.Counter, GC.GetTotalPauseDuration().TotalSeconds, "s");
        text.Write("dotnet_gc_heap_bytes", "Managed heap in use", MetricKind.Gauge, GC.GetTotalMemory(forceFullCollection: false), "By");
        text.Write("dotnet_gc_allocated_bytes_total", "Managed memory allocated since the start", MetricKind.Counter, GC.GetTotalAllocatedBytes(), "By");
        text.Write("dotnet_threadpool_threads", "Threads of the pool", MetricKind.Gauge, ThreadPool.ThreadCount);
        text.Write("dotnet_threadpool_queue_length", "Work that waits for a thread of the pool", MetricKind.Gauge, ThreadPool.PendingWorkItemCount);
        text.Write("dotnet_lock_contentions_total", "Times that a thread waited for a lock", MetricKind.Counter, Monitor.LockContentionCount);
    }
}
